using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>
/// One life of a connection to Redis. It ends at the first failure and is never mended: asynchronous calls of the client
/// library wait without a limit while a connection hangs, so that the only sure way on is a new one.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConnectionMultiplexer _redis;
    private readonly ISubscriber _subscriber;

    private RedisConnection(ConnectionMultiplexer redis)
    {
        (_redis, _subscriber) = (redis, redis.GetSubscriber());
        _redis.ConnectionFailed += (_, _) => End();
    }

    /// <summary>Completes when this connection is no longer good.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Connects and subscribes. Throws <see cref="RedisException"/>, <see cref="TimeoutException"/>, or <see cref="IOException"/>
    /// for a certificate that is not trusted.
    /// </summary>
    /// <param name="configuration">In the client library's format.</param>
    /// <param name="channels">What is listened to.</param>
    /// <param name="receive">Called for one message after the other.</param>
    public static async Task<RedisConnection> OpenAsync(
        ConfigurationOptions configuration, IEnumerable<string> channels, Action<string, byte[]> receive)
    {
        var options = configuration.Clone();
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)ConnectLimit.TotalMilliseconds;
        var check = new CertificateCheck();
        options.CertificateValidation += check.IsTrusted;
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            var connection = new RedisConnection(await connecting.WaitAsync(ConnectLimit + ConnectLimit));
            foreach (var channel in channels)
            {
                (await connection._subscriber.SubscribeAsync(RedisChannel.Literal(channel)).WaitAsync(ConnectLimit)).OnMessage(message => receive(channel, message.Message!));
            }

            return connection;
        }
        catch (Exception e)
        {
            Abandon(connecting);
            if (check.Refusal is { } refusal)
                throw new IOException(refusal, e);
            throw;
        }
    }

    /// <returns>How many instances got it. Waits for as long as the connection hangs.</returns>
    public Task<long> PublishAsync(string channel, byte[] message) => _subscriber.PublishAsync(RedisChannel.Literal(channel), message);

    public void End() => _ended.TrySetResult();

    public void Dispose()
    {
        End();
        Close(_redis);
    }

    private static void Abandon(Task<ConnectionMultiplexer> connecting) => connecting.ContinueWith(
        done =>
        {
            if (done.IsCompletedSuccessfully)
                Close(done.Result);
            else
                _ = done.Exception;
        },
        TaskScheduler.Default);

    private static void Close(ConnectionMultiplexer redis)
    {
        // Without waiting for what is under way: it may never end.
        redis.Close(allowCommandsToComplete: false);
        redis.Dispose();
    }
}
