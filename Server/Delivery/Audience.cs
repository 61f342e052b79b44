namespace ChatHub.Server.Delivery;

/// <summary>The recipients of one of SignalR's own sends, on all instances.</summary>
/// <param name="Kind">What <paramref name="Names"/> are.</param>
/// <param name="Names">Ids of connections or users, or names of groups; empty for all.</param>
/// <param name="Except">Ids of connections that are left out.</param>
public sealed record Audience(AudienceKind Kind, IReadOnlyList<string> Names, IReadOnlyList<string> Except)
{
    public static Audience All(params IReadOnlyList<string> except) => new(AudienceKind.All, [], except);

    public static Audience Connections(params IReadOnlyList<string> ids) => new(AudienceKind.Connections, ids, []);

    public static Audience Users(params IReadOnlyList<string> ids) => new(AudienceKind.Users, ids, []);

    public static Audience Groups(params IReadOnlyList<string> names) => new(AudienceKind.Groups, names, []);
}
