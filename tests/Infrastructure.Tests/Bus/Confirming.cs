using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>Bounds of waits for confirmations.</summary>
internal static class Confirming
{
    /// <summary>For buses that confirm.</summary>
    public static Confirmations Always => Within(30, TimeProvider.System);

    public static Confirmations Within(double seconds, TimeProvider time) =>
        new(Microsoft.Extensions.Options.Options.Create(new BusOptions { ConfirmSeconds = seconds }), time, NullLogger<Confirmations>.Instance);

    /// <summary>Waits twice in vain.</summary>
    public static async Task<Confirmations> MissingAsync()
    {
        var time = new FakeTimeProvider();
        var confirmations = Within(1, time);
        for (var i = 0; i < 2; i++)
        {
            var waiting = confirmations.TryWithinAsync("a message", _ => new TaskCompletionSource().Task, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(1));
            await waiting;
        }
        return confirmations;
    }
}
