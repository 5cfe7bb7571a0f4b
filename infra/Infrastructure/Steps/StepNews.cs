using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Tells people who watch how a step goes. Nothing depends on it, so a broker that is away costs no work.</summary>
internal sealed class StepNews(IPublishEndpoint bus, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task TellAsync<T>(T message)
        where T : class
    {
        WorkPulse.Beat();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await bus.Publish(message, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception exception)
        {
            log.NewsLost(exception.Message);
        }
    }
}
