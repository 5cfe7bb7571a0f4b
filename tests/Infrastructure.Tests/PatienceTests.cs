using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests;

public class PatienceTests
{
    [Fact]
    [Patience(seconds: 0.01)]
    public async Task A_wait_that_would_last_for_ever_throws_when_the_time_of_its_test_is_over() =>
        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
}
