namespace ChatHub.Terminal.Input;

/// <summary>A command's arguments, by the names of its usage.</summary>
internal sealed class CommandArguments(IReadOnlyDictionary<string, string> values)
{
    public string this[string name] => values[name];

    /// <summary>Null when it was left out.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);
}
