using SparsePipeline.TestKit;
using Xunit.v3;

namespace SparsePipeline.Infrastructure.Tests;

public class PatienceTests
{
    [Fact]
    [Patience(seconds: 0.01)]
    public async Task A_wait_that_would_last_for_ever_throws_when_the_time_of_its_test_is_over() =>
        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));

    /// <summary>As if the assembly had hardly any patience: it is asked before every test, beside that of the method.</summary>
    [Fact]
    [Patience(seconds: 3600)]
    public async Task The_patience_of_a_method_counts_and_not_that_of_its_assembly()
    {
        var method = typeof(PatienceTests).GetMethod(nameof(The_patience_of_a_method_counts_and_not_that_of_its_assembly))!;

        new PatienceAttribute(seconds: 0.01).Before(method, (IXunitTest)TestContext.Current.Test!);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        TestContext.Current.CancellationToken.IsCancellationRequested.ShouldBeFalse();
    }
}
