namespace AnimeSync.Api.Library;

/// <summary>Why a field cannot be as wanted. The message is for people and holds nothing that they sent.</summary>
internal sealed record FieldProblem(EntryField Field, string Message);
