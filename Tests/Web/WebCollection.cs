using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>The tests that drive a browser run one after another: each of them takes more than a processor.</summary>
[CollectionDefinition(Name)]
public sealed class WebCollection : ICollectionFixture<WebBrowser>, ICollectionFixture<WholeBrowser>
{
    public const string Name = "Web";
}
