using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>
/// Gives damaged frames to the parser as a connection would. Only <see cref="FrameErrors"/> may be thrown, and no
/// frame may cost more memory than its own length accounts for.
/// </summary>
internal sealed class FrameFuzzer(IHubProtocol protocol, int seed)
{
    // An exception with its stack and its message costs this much whatever was received.
    private const long AllocatedAtMost = 256 * 1024;
    private const long AllocatedPerByteAtMost = 64;

    private readonly Random _random = new(seed);
    private readonly ContractBinder _binder = new();
    private readonly FuzzResult _result = new();

    public FuzzResult Run(int frames)
    {
        var damaged = new DamagedFrames(protocol, _random);
        while (_result.Frames < frames)
        {
            // Mostly with a right length before it: a parser that only sees wrong lengths is not tested further in.
            Try(_random.Next(8) == 0 ? damaged.NextBody() : Frames.Of(damaged.NextBody()));
            _result.Frames++;
        }

        return _result;
    }

    private void Try(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sequence = _random.Next(4) == 0 ? Segments.Split(input, _random.Next(input.Length + 1)) : new ReadOnlySequence<byte>(input);
        try
        {
            while (protocol.TryParseMessage(ref sequence, _binder, out var message))
                Count(message);
            _result.Sound++;
        }
        catch (Exception e) when (FrameErrors.Contain(e))
        {
            _result.Refused++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _result.MostAllocated = Math.Max(_result.MostAllocated, allocated);
        if (allocated > AllocatedAtMost + (AllocatedPerByteAtMost * input.Length))
            throw new InvalidOperationException($"{input.Length} bytes cost {allocated}: {Convert.ToHexString(input)}");
    }

    private void Count(HubMessage message)
    {
        if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage)
            _result.BindingFailures++;
        else
            _result.Messages++;
    }
}
