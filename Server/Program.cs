using ChatHub.Server;
using ChatHub.Server.Hosting;

return await ChatHubApplication.Build(args).RunAsync(args);
