using ChatHub.Server.Hosting;

return await Startup.RunAsync(args);
