using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>One kind of step as its worker sees it, which knows the spec and not the message.</summary>
/// <param name="Info">What sets the kind apart from the others.</param>
/// <param name="Command">The command message for an order.</param>
public sealed record StepKind<TSpec>(StepKindInfo Info, Func<StepOrder<TSpec>, object> Command)
    where TSpec : StepSpec
{
    internal string Name => Info.Name;

    // The exchange and not the queue: whoever sends to a queue declares it, and on a broker it exists already with other properties.
    internal Task SendAsync(StepOrder<TSpec> order, ISendEndpointProvider bus, Confirmations confirmations, CancellationToken cancellationToken) =>
        confirmations.WithinAsync($"the {Name} command of step {order.Key}", token => SendAsync(order, bus, token), cancellationToken);

    private async Task SendAsync(StepOrder<TSpec> order, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{Info.Queue}"));
        await endpoint.Send(Command(order), cancellationToken);
    }
}
