namespace ChatHub.Tests.Tds;

/// <summary>An error as a server reports it. From class 20 on it ends the connection.</summary>
/// <param name="Number">What clients branch on.</param>
/// <param name="Class">Severity, 11 to 25.</param>
/// <param name="State">Distinguishes places that raise the same number.</param>
/// <param name="Message">For people.</param>
public sealed record TdsError(int Number, byte Class, byte State, string Message)
{
    public bool EndsConnection => Class >= 20;
}
