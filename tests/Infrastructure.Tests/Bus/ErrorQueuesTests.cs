using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class ErrorQueuesTests(BrokerServer broker)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_command_says_what_it_was_for_and_what_went_wrong()
    {
        await using var host = await FailAsync("run-a", "key-1");

        var failed = (await host.ErrorQueues().ListAsync(new(), 10, Cancelled)).ShouldHaveSingleItem();

        failed.Queue.ShouldBe("prune-checkpoint_error");
        failed.Type.ShouldBe("PruneCheckpoint");
        (failed.RunId, failed.StepKey).ShouldBe(("run-a", "key-1"));
        failed.Reason.ShouldBe("the disk of key-1 is full");
        failed.Exception.ShouldBe("System.IO.IOException");
        failed.StackTrace!.ShouldContain(nameof(ErrorQueuesTests));
        failed.Host.ShouldBe(Environment.MachineName);
        failed.At!.Value.ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        failed.Body.ShouldContain("\"stepKey\": \"key-1\"");
    }

    [Fact]
    public async Task Looking_loses_nothing_however_often()
    {
        await using var host = await FailAsync("run-a", "key-1", "key-2", "key-3");
        var errors = host.ErrorQueues();

        for (var look = 0; look < 30; look++)
            (await LookAsync(errors, count: 3)).ShouldBe(["key-1", "key-2", "key-3"]);
    }

    [Fact]
    public async Task A_limit_leaves_the_rest_unread_and_where_it_is()
    {
        await using var host = await FailAsync("run-a", "key-1", "key-2", "key-3");
        var errors = host.ErrorQueues();

        (await errors.ListAsync(new(), 2, Cancelled)).Count.ShouldBe(2);

        (await LookAsync(errors, count: 3)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_message_tried_again_is_the_one_that_was_sent_and_no_other_is_touched()
    {
        await using var host = await FailAsync("run-a", "key-1", "key-2");
        var errors = host.ErrorQueues();
        var id = (await errors.ListAsync(new(), 10, Cancelled)).Single(m => m.StepKey == "key-2").Id;

        (await errors.RetryAsync(new() { Id = id }, Cancelled)).ShouldHaveSingleItem().StepKey.ShouldBe("key-2");

        (await LookAsync(errors, count: 1)).ShouldBe(["key-1"]);
        var obeyed = new TaskCompletionSource<string>();
        await using var mended = await TestBus.StartAsync(host, command => Task.FromResult(obeyed.TrySetResult(command.StepKey)));
        (await obeyed.Task.WaitAsync(Eventually.Limit, Cancelled)).ShouldBe("key-2");
    }

    [Fact]
    public async Task A_message_that_fails_again_tells_of_its_last_failure_only()
    {
        await using var host = await FailAsync("run-a", "key-1");
        var errors = host.ErrorQueues();
        await errors.RetryAsync(new(), Cancelled);

        await using (await TestBus.StartAsync(host, _ => throw new InvalidOperationException("another reason")))
            await Eventually.GetAsync(() => errors.CountAsync(Cancelled), counts => counts.Count == 1);

        (await errors.ListAsync(new(), 10, Cancelled)).ShouldHaveSingleItem().Reason.ShouldBe("another reason");
    }

    [Fact]
    public async Task Only_messages_of_the_named_run_are_dropped()
    {
        await using var host = await FailAsync("run-a", "key-1");
        await FailMoreAsync(host, "run-b", "key-2");
        var errors = host.ErrorQueues();

        (await errors.DropAsync(new() { Run = "run-b" }, Cancelled)).ShouldHaveSingleItem().StepKey.ShouldBe("key-2");

        (await LookAsync(errors, count: 1)).ShouldBe(["key-1"]);
    }

    [Fact]
    public async Task A_queue_is_named_with_or_without_its_suffix()
    {
        await using var host = await FailAsync("run-a", "key-1");
        var errors = host.ErrorQueues();

        (await errors.ListAsync(new() { Queue = "prune-checkpoint" }, 10, Cancelled)).Count.ShouldBe(1);
        await LookAsync(errors, count: 1);
        (await errors.ListAsync(new() { Queue = "prune-checkpoint_error" }, 10, Cancelled)).Count.ShouldBe(1);
        await LookAsync(errors, count: 1);
        (await errors.ListAsync(new() { Queue = "cook-soup" }, 10, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broker_without_the_pipelines_queues_has_no_failures()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);

        (await host.ErrorQueues().CountAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_by_name_and_not_shown()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        var options = host.Options();
        options.Password = "open sesame";

        var refusal = await Should.ThrowAsync<IOException>(() => new ErrorQueues(options).CountAsync(Cancelled));

        refusal.Message.ShouldContain($"refuses the user '{options.Username}' or the password");
        refusal.ToString().ShouldNotContain("open sesame");
    }

    private async Task<BrokerVirtualHost> FailAsync(string runId, params string[] keys)
    {
        var host = await broker.CreateVirtualHostAsync(Cancelled);
        await FailMoreAsync(host, runId, keys);
        return host;
    }

    private static async Task FailMoreAsync(BrokerVirtualHost host, string runId, params string[] keys)
    {
        var errors = host.ErrorQueues();
        var before = (await errors.CountAsync(Cancelled)).Sum(c => c.Messages);
        await using var bus = await TestBus.StartAsync(host, command => throw new IOException($"the disk of {command.StepKey} is full"));
        foreach (var key in keys)
        {
            await bus.SendAsync(TestBus.Command(runId, key));
            before++;
            await Eventually.GetAsync(() => errors.CountAsync(Cancelled), counts => counts.Sum(c => c.Messages) == before);
        }
    }

    // What somebody has looked at is back in its queue a moment later.
    private static async Task<IReadOnlyList<string>> LookAsync(ErrorQueues errors, int count)
    {
        await Eventually.GetAsync(() => errors.CountAsync(Cancelled), counts => counts.Sum(c => c.Messages) == count);
        return [.. (await errors.ListAsync(new(), 10, Cancelled)).Select(m => m.StepKey!).Order()];
    }
}
