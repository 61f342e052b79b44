using ChatHub.Server;
using ChatHub.Server.Hosting;

// Settings and web files lie beside the program, whatever the working directory; the database is relative to the latter.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddChatHub();

var app = builder.Build();
app.UseChatHub();
return await app.StartAndServeAsync();
