namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunSweeperTests : IDisposable
{
    private readonly RunWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Of_two_processes_one_sweeps_and_the_other_follows_when_it_stops()
    {
        using var one = _world.NewSweeper("one");
        using var other = _world.NewSweeper("other");
        var first = await _world.Runs.SubmitAsync(RunWorld.Recipe("first"), Token);
        await one.StartAsync(Token);
        (await NextNudgeAsync()).ShouldBe(first);
        await other.StartAsync(Token);

        await one.StopAsync(Token);
        await _world.Runs.CancelAsync(first, Token);
        var second = await _world.Runs.SubmitAsync(RunWorld.Recipe("second"), Token);

        (await NextNudgeAsync()).ShouldBe(second);
        await other.StopAsync(Token);
    }

    [Fact]
    public async Task The_lease_of_a_process_that_died_is_taken_over()
    {
        (await _world.NewLease("dead").TryHoldAsync(Token)).ShouldBeTrue();
        using var heir = _world.NewSweeper("heir");
        var runId = await _world.Runs.SubmitAsync(RunWorld.Recipe(), Token);

        await heir.StartAsync(Token);

        (await NextNudgeAsync()).ShouldBe(runId);
        await heir.StopAsync(Token);
    }

    // Time passes until something happens: the sweepers wait for it.
    private async Task<string> NextNudgeAsync()
    {
        var next = _world.Bus.NextNudgeAsync().AsTask();
        while (!next.IsCompleted)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAny(next, Task.Delay(10, Token));
        }
        return await next;
    }
}
