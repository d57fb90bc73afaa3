using System.Reflection;
using AnimeSync.Api.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AnimeSync.Api.Data.Keys;

/// <summary>Refuses the DataProtection releases that accept forged payloads (CVE-2026-40372, fixed in 10.0.7).</summary>
internal static class FrameworkVersion
{
    private static readonly Version _fixed = new(10, 0, 7);

    public static void Require()
    {
        var attribute = typeof(XmlKeyManager).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        var version = attribute?.InformationalVersion ?? string.Empty;
        if (!IsSound(version))
        {
            throw new StartupRefusedException(
                $"Microsoft.AspNetCore.DataProtection {version} accepts forged payloads (CVE-2026-40372): "
                    + "install an ASP.NET Core runtime of 10.0.7 or later."
            );
        }
    }

    /// <param name="informational">As the assembly says it: `10.0.12+commit` or `10.0.0-rc.2.25502.107+commit`.</param>
    public static bool IsSound(string informational) =>
        Version.TryParse(informational.Split('+', '-')[0], out var version) && version >= _fixed;
}
