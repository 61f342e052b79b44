using Microsoft.AspNetCore.Identity;

namespace ChatHub.Samples.HostApp;

/// <summary>The club's members. Another site has them in its database.</summary>
internal sealed class Members
{
    private readonly PasswordHasher<Member> _hasher = new();
    private readonly Dictionary<string, Member> _byId;

    public Members()
    {
        var joined = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
        Member[] members =
        [
            new("m-1", "ada", "Ada Lindgren", joined, Follows: ["m-2"]),
            new("m-2", "ben", "Ben Okafor", joined),
            new("m-3", "cleo", "Cleo Marsh", joined, IsSuspended: true),
        ];
        _byId = members.ToDictionary(member => member.Id, member => member with { PasswordHash = _hasher.HashPassword(member, "a good book") });
    }

    public IEnumerable<Member> All => _byId.Values;

    public Member? Find(string id) => _byId.GetValueOrDefault(id);

    /// <returns>Null where the name or the password is wrong.</returns>
    public Member? Find(string name, string password) =>
        _byId.Values.SingleOrDefault(member => member.Name == name) is { } member
        && _hasher.VerifyHashedPassword(member, member.PasswordHash, password) != PasswordVerificationResult.Failed
            ? member
            : null;
}
