namespace ChatHub.Server.Hosting;

/// <summary>Asks the server of the same settings whether it is ready: a container's health check that needs no other program.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 when it is ready.</returns>
    public static async Task<int> RunAsync(IConfiguration settings)
    {
        var listening = BindingAddress.Parse((settings["Urls"] ?? "").Split(';')[0]);
        var host = listening.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : listening.Host;
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"{listening.Scheme}://{host}:{listening.Port}/health/ready"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"{host}:{listening.Port} does not answer: {e.Message}");
            return 1;
        }
    }
}
