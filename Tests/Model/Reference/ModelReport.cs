namespace ChatHub.Tests.Model.Reference;

/// <summary>The one report of a user on another; none is resolved in a sequence.</summary>
internal sealed class ModelReport(string id, ModelUser reporter, ModelUser reported)
{
    public string Id => id;
    public ModelUser Reporter => reporter;
    public ModelUser Reported => reported;
    public HashSet<string> Content { get; } = [];
}
