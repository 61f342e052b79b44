using System.Security.Claims;
using ChatHub.Server.Hosting;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Roles as issuers write them.</summary>
public sealed class RoleClaimsTests
{
    [Theory]
    [InlineData("role", "role", "a", "a")]
    [InlineData("scope", "scope", "a b", "a,b")]
    [InlineData("role", "role", "a b", "a b")]
    [InlineData("https://example.org/roles", "https://example.org/roles", "a", "a")]
    [InlineData("realm_access.roles", "realm_access", """{"roles":["a","b",7]}""", "a,b")]
    [InlineData("resource_access.chat.roles", "resource_access", """{"chat":{"roles":["a"]},"other":{"roles":["b"]}}""", "a")]
    [InlineData("realm_access.role", "realm_access", """{"role":"a"}""", "a")]
    [InlineData("realm_access.roles", "realm_access", """{"groups":["a"]}""", "")]
    [InlineData("realm_access.roles", "realm_access", "[1]", "")]
    [InlineData("realm_access.roles", "realm_access", "not json", "")]
    [InlineData("role", "roles", "a", "")]
    public void Roles_are_read(string path, string claim, string value, string expected) =>
        Assert.Equal(expected, string.Join(',', RoleClaims.Read(new(new ClaimsIdentity([new(claim, value)])), path)));
}
