using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>A bus that takes messages and never says so.</summary>
public sealed class ConfirmationsTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_nudge_that_is_never_confirmed_is_given_up()
    {
        await using var services = await StartMuteBusAsync();
        var confirmations = Confirming.Within(30, _time);
        var bus = new RunBus(services.GetRequiredService<IBus>(), confirmations);

        var nudging = bus.NudgedAsync("run-0123456789ab", Token);
        _time.Advance(TimeSpan.FromSeconds(29));
        nudging.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<BusSilentException>(() => nudging)).Message.ShouldBe(
            "The broker did not confirm the nudge of run run-0123456789ab within 30 s (Bus:ConfirmSeconds). "
            + "A sweep makes up for it; if this goes on, look at the broker.");
    }

    [Fact]
    public async Task A_submission_that_is_never_confirmed_is_left_to_the_sweep()
    {
        await using var services = await StartMuteBusAsync();
        var confirmations = Confirming.Within(30, _time);
        var bus = new RunBus(services.GetRequiredService<IBus>(), confirmations);

        var (submitting, cancelling) = (bus.SubmittedAsync("run-0123456789ab", Token), bus.CancelledAsync("run-0123456789ab", Token));
        _time.Advance(TimeSpan.FromSeconds(30));

        await Task.WhenAll(submitting, cancelling).WaitAsync(Token);
        confirmations.AreMissing.ShouldBeTrue();
    }

    [Fact]
    public async Task One_confirmation_makes_up_for_those_that_are_missing()
    {
        var confirmations = await Confirming.MissingAsync();

        await confirmations.WithinAsync("a message", _ => Task.CompletedTask, Token);

        confirmations.AreMissing.ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_stops_at_once()
    {
        using var stopping = new CancellationTokenSource();
        var sending = Confirming.Within(30, _time).WithinAsync("a message", _ => new TaskCompletionSource().Task, stopping.Token);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    private static async Task<ServiceProvider> StartMuteBusAsync()
    {
        var services = new ServiceCollection().AddLogging().AddMassTransit(bus => bus.UsingInMemory((_, transport) =>
            transport.ConfigurePublish(publish => publish.UseExecuteAsync(_ => new TaskCompletionSource().Task)))).BuildServiceProvider();
        await services.GetRequiredService<IBusControl>().StartAsync(Token);
        return services;
    }
}
