namespace ChatHub.Server.Delivery;

/// <summary>What the names of an <see cref="Audience"/> are.</summary>
public enum AudienceKind : byte
{
    All = 1,
    Connections = 2,
    Users = 3,
    Groups = 4,
}

/// <summary>Whom SignalR's own sends are for, on whichever instance they are.</summary>
/// <param name="Kind">What <paramref name="Names"/> are.</param>
/// <param name="Names">Ids of connections or users, or names of groups; nothing for all.</param>
/// <param name="Except">Connections that are left out.</param>
public sealed record Audience(AudienceKind Kind, IReadOnlyList<string> Names, IReadOnlyList<string> Except)
{
    public static Audience All(params IReadOnlyList<string> except) => new(AudienceKind.All, [], except);

    public static Audience Connections(params IReadOnlyList<string> ids) => new(AudienceKind.Connections, ids, []);

    public static Audience Users(params IReadOnlyList<string> ids) => new(AudienceKind.Users, ids, []);

    public static Audience Groups(params IReadOnlyList<string> names) => new(AudienceKind.Groups, names, []);
}
