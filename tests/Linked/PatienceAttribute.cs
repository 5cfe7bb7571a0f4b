using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;
using MethodInfo = System.Reflection.MethodInfo;

namespace SparsePipeline.TestKit;

/// <summary>
/// Cancels the token of a test that takes longer than anything here does: a wait that would last for ever throws then, and the stack trace
/// names it. Every test assembly has it (<c>tests/Directory.Build.targets</c>); the test kit knows no test runner.
/// </summary>
/// <param name="seconds">Time for one test.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Method)]
internal sealed class PatienceAttribute(double seconds) : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Timer> _timers = new(StringComparer.Ordinal);

    public double Seconds => seconds;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Both that of the assembly and that of the method are asked; a method's own counts.
        if (methodUnderTest.GetCustomAttribute<PatienceAttribute>() is { } own && !own.Seconds.Equals(seconds))
            return;
        var context = TestContext.Current;
        _timers[test.UniqueID] = new Timer(_ => context.CancelCurrentTest(), state: null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_timers.TryRemove(test.UniqueID, out var timer))
            timer.Dispose();
    }
}
