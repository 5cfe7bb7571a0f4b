using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What sets one kind of step apart from the others.</summary>
/// <param name="Name">One of <see cref="StepKinds"/>.</param>
/// <param name="Version">The algorithm version this worker computes; it leaves all others alone.</param>
/// <param name="Queue">Endpoint name of the step command's consumer.</param>
/// <param name="Command">The command message for an order.</param>
public sealed record StepKind<TSpec>(string Name, int Version, string Queue, Func<StepOrder<TSpec>, object> Command)
    where TSpec : StepSpec
{
    // The exchange and not the queue: whoever sends to a queue declares it, and on a broker it exists already with other properties.
    internal Task SendAsync(StepOrder<TSpec> order, ISendEndpointProvider bus, Confirmations confirmations, CancellationToken cancellationToken) =>
        confirmations.WithinAsync($"the {Name} command of step {order.Key}", token => SendAsync(order, bus, token), cancellationToken);

    private async Task SendAsync(StepOrder<TSpec> order, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{Queue}"));
        await endpoint.Send(Command(order), cancellationToken);
    }
}
