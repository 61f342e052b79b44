using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.People.Accounts;

namespace ChatHub.Server.Hubs;

/// <summary>Passwords of built-in accounts, and what the host application hands out for them.</summary>
public static class PasswordEndpoints
{
    private const string ResetCodes = "reset codes";

    public static void MapPasswords(this RouteGroupBuilder accounts)
    {
        accounts.MapPut("/api/me/password", ChangeAsync).WithName("changePassword").Refuses(ErrorCodes.InvalidCredentials).RequireAuthorization(Authentication.Users)
            .WithSummary("Sets another password; all other sessions end.").Produces(StatusCodes.Status204NoContent);
        accounts.MapPost("/api/accounts/password-reset", ResetAsync).WithName("resetPassword").Refuses(ErrorCodes.InvalidCredentials)
            .WithSummary("Sets another password by a code; all sessions end.").Produces(StatusCodes.Status204NoContent);
        accounts.MapPost("/api/directory/users/{userId}/password-reset", MakeCodeAsync).WithName("makePasswordResetCode").Refuses(ErrorCodes.UserNotFound).RequireAuthorization(Authentication.Services)
            .WithSummary("A code for one new password within the hour.").Produces<PasswordResetCode>();
        accounts.MapPost("/api/directory/invites", MakeInvitesAsync).WithName("makeInvites").RequireAuthorization(Authentication.Services)
            .WithSummary("Codes for one sign-up each.").Produces<Invites>();
    }

    private static async Task<IResult> ChangeAsync(
        ChangePasswordInput input, HttpContext http, AccountService accounts, PasswordService passwords, PasswordGuesses guesses,
        CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var user = http.User.User();
        var current = Arguments.Required(input.CurrentPassword, "currentPassword");
        var username = await passwords.UsernameAsync(user, cancellation) ?? throw Errors.Unauthenticated();
        var next = PasswordRules.Check(input.NewPassword, "newPassword", username);
        await guesses.TryAsync(http, user, () => accounts.VerifyAsync(user, current, cancellation));
        await passwords.ChangeAsync(user, next, http.User.SessionId(), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> ResetAsync(
        PasswordResetInput input, HttpContext http, PasswordService passwords, RateLimits limits, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var code = Arguments.Required(input.Code, "code");
        PasswordRules.CheckForm(input.NewPassword, "newPassword");
        var address = ClientAddress.LimitKey(http);
        limits.SecretGuess(address, ResetCodes);
        try
        {
            await passwords.ResetAsync(code, input.NewPassword!, cancellation);
            return Results.NoContent();
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.InvalidCredentials)
        {
            limits.SecretGuessFailed(address, ResetCodes);
            throw;
        }
    }

    private static async Task<IResult> MakeCodeAsync(string userId, PasswordService passwords, CancellationToken cancellation) =>
        Results.Json(await passwords.MakeCodeAsync(userId, cancellation));

    private static async Task<IResult> MakeInvitesAsync(InvitesInput input, InviteService invites, CancellationToken cancellation) =>
        Results.Json(await invites.MakeAsync(input, cancellation));
}
