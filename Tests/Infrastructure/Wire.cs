using System.Text.Json;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Asserts on calls and on the wire form of objects.</summary>
public static class Wire
{
    /// <summary>An object as it is on the wire: equal texts are equal objects, lists included.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, typeof(T), ContractJson.Default);

    /// <summary>The call is refused with this code.</summary>
    public static async Task<ChatHubException> RefusedAsync(string code, Task call)
    {
        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => call.SoonAsync());
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
