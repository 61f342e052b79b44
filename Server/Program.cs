using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hubs;
using Hub = ChatHub.Server.Hubs.ChatHub;

// Settings and web files lie beside the program, whatever the working directory; the database is relative to the latter.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddChatHub();

var app = builder.Build();
app.UseExceptionHandler(_ => { });
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapAccounts();
app.MapHub<Hub>(Limits.HubPath, options => options.CloseOnAuthenticationExpiration = true);

return await app.StartAndServeAsync();
