using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;

namespace ChatHub.Server.Hubs;

/// <summary>The door: built-in accounts.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/accounts", async (SignUpInput input, AccountService accounts, AccessTokens tokens, CancellationToken cancellation) =>
        {
            var person = await accounts.SignUpAsync(input, cancellation);
            return Results.Json(tokens.Issue(person), statusCode: StatusCodes.Status201Created);
        });

        app.MapPost("/api/sessions", async (SignInInput input, AccountService accounts, AccessTokens tokens, CancellationToken cancellation) =>
            Results.Json(tokens.Issue(await accounts.SignInAsync(input, cancellation))));
    }
}
