namespace ChatHub.Benchmarks.Shards;

/// <summary>A permit to make one request, out of its sender's daily allowance.</summary>
public enum PermitState
{
    Taken,
    /// <summary>Its request was made.</summary>
    Spent,
    /// <summary>Its request was refused, which uses up nothing.</summary>
    GivenBack,
    /// <summary>The allowance was used up.</summary>
    Refused,
}
