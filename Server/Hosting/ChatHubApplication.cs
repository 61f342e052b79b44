using ChatHub.Contracts;
using ChatHub.Server.Hubs;
using Hub = ChatHub.Server.Hubs.ChatHub;

namespace ChatHub.Server.Hosting;

/// <summary>The whole server, composed and not yet started.</summary>
public static class ChatHubApplication
{
    /// <param name="args">The command line.</param>
    /// <param name="adjust">What a host of its own (a test, say) replaces.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // Settings and web files lie beside the program, whatever the working directory; the database is relative to the latter.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddChatHub();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler(_ => { });
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapAccounts();
        app.MapHub<Hub>(Limits.HubPath, options => options.CloseOnAuthenticationExpiration = true);
        return app;
    }
}
