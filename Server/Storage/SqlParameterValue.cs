namespace ChatHub.Server.Storage;

/// <summary>A parameter's value: a number, a text or null.</summary>
public readonly record struct SqlParameterValue(long Number, string? Text, bool IsNumber)
{
    public static implicit operator SqlParameterValue(long number) => new(number, null, IsNumber: true);

    public static implicit operator SqlParameterValue(string? text) => new(0, text, IsNumber: false);
}
