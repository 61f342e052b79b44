using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace ChatHub.Tests.Model;

/// <summary>Prints nothing: the test's own message has the failing sequence.</summary>
internal sealed class SilentRunner : IRunner
{
    public void OnStartFixture(Type type)
    {
    }

    public void OnArguments(int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> describe)
    {
    }

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> describe)
    {
    }

    public void OnFinished(string name, TestResult result)
    {
    }
}
