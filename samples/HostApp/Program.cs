// A book club's site, with members and cookies of its own, whose members write to each other by ChatHub under /chat.
// Run it, and sign in as ada, ben or cleo (who is suspended); every password is "a good book".
using ChatHub.Samples.HostApp;
using ChatHub.Server;
using ChatHub.Server.Embedding;
using Microsoft.AspNetCore.Authentication.Cookies;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/");
builder.Services.AddAuthorization();
builder.Services.AddAntiforgery();
builder.Services.AddSingleton<Members>();

// ChatHub: who its users are, whom they may write to, and the rest by settings under "ChatHub" in appsettings.json.
builder.Services.AddSingleton<IUserDirectory, MemberDirectory>();
builder.Services.AddSingleton<IContactPolicy, ClubRules>();
builder.AddChatHub();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapClub();
app.MapChatHub("/chat");
app.Run();
