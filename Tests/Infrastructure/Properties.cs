using FsCheck;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Checks a property, silent unless it fails.</summary>
internal static class Properties
{
    private static readonly Config Quiet = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300);

    public static void Holds(this Property property) => property.Check(Quiet);
}
