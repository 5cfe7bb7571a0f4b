using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class ProgressRelayTests
{
    [Fact]
    public async Task Every_resume_point_is_handled_in_order_and_of_the_rest_at_least_the_last()
    {
        var point = new ArtifactRef(new string('a', 64), 1, ArtifactFormats.ResumePoint);
        var gate = new TaskCompletionSource();
        var handled = new List<RunnerProgress>();
        await using (var relay = new ProgressRelay(HandleAsync, new FakeTimeProvider()))
        {
            for (var i = 1; i <= 100; i++)
                relay.Report(new RunnerProgress(i / 100.0, "", i % 10 == 0 ? point : null, i));
            gate.SetResult();
        }

        handled.Where(p => p.ResumePoint is not null).Select(p => p.Seconds).ShouldBe([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
        handled.Select(p => p.Seconds).ShouldBeInOrder();
        handled[^1].Fraction.ShouldBe(1);

        async Task HandleAsync(RunnerProgress progress)
        {
            await gate.Task.WaitAsync(TestContext.Current.CancellationToken);
            handled.Add(progress);
        }
    }

    [Fact]
    public async Task What_comes_faster_than_people_read_is_told_by_its_latest_only()
    {
        var time = new FakeTimeProvider();
        var handled = Channel.CreateUnbounded<double>();
        await using var relay = new ProgressRelay(progress => handled.Writer.WriteAsync(progress.Seconds).AsTask(), time);
        relay.Report(new RunnerProgress(0.1, "", null, 1));
        (await handled.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        for (var i = 2; i <= 9; i++)
            relay.Report(new RunnerProgress(i / 10.0, "", null, i));

        handled.Reader.TryRead(out _).ShouldBeFalse();
        while (!handled.Reader.TryPeek(out _))
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        (await handled.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(9);
    }

    [Fact]
    public async Task A_resume_point_that_cannot_be_remembered_is_an_error_of_the_step()
    {
        var relay = new ProgressRelay(_ => throw new IOException("The disk is full."), new FakeTimeProvider());
        relay.Report(new RunnerProgress(1, "", null, 1));

        await Should.ThrowAsync<IOException>(async () => await relay.DisposeAsync());
    }
}
