namespace ChatHub.Server.Storage;

/// <summary>What a cursor is bound to.</summary>
/// <param name="List">The list with all that selects its items; no two lists have the same.</param>
/// <param name="CallerId">The id of the user whose view it is.</param>
public readonly record struct CursorScope(string List, string CallerId);
