using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace AspNet.Security.OAuth.AniList;

public class AniListAuthenticationEvents : OAuthEvents
{
    /// <summary>
    /// Decides, before AniList is asked, whether this callback may still be exchanged. False refuses it; the place
    /// to make `state` work once only.
    /// </summary>
    public Func<AuthenticationProperties, CancellationToken, Task<bool>> OnExchangingCode { get; set; } =
        (_, _) => Task.FromResult(true);
}
