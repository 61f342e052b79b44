namespace ChatHub.Tests.Protocol.Support;

/// <summary>What became of damaged frames.</summary>
internal sealed record FuzzResult
{
    public int Frames { get; set; }

    /// <summary>Frames that the connection survived: read, passed over, or not there whole.</summary>
    public int Sound { get; set; }

    /// <summary>Frames that closed the connection.</summary>
    public int Refused { get; set; }
    public int Messages { get; set; }
    public int BindingFailures { get; set; }

    /// <summary>The most bytes that one frame made the parser allocate.</summary>
    public long MostAllocated { get; set; }

    public void Add(FuzzResult other)
    {
        Frames += other.Frames;
        Sound += other.Sound;
        Refused += other.Refused;
        Messages += other.Messages;
        BindingFailures += other.BindingFailures;
        MostAllocated = Math.Max(MostAllocated, other.MostAllocated);
    }
}
