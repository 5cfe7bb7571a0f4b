using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>On a shared bus every run that is followed has a queue of its own, which gets the events of that run alone and goes when it is followed no more.</summary>
/// <remarks>
/// Events go to an exchange per message and say in their routing key whose they are (<see cref="RunRouting"/>). All these exchanges feed the exchange
/// <see cref="RunRouting.Exchange"/>, which sorts them by run; a follower's exchange is bound to it with the key of its run.
/// </remarks>
internal sealed class RunQueues(IReceiveEndpointConnector bus, RunWatches watches, TimeProvider time) : IRunEars
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<IAsyncDisposable> ListenAsync(string runId, CancellationToken cancellationToken)
    {
        var queue = bus.ConnectReceiveEndpoint(new RunQueueDefinition(), endpointNameFormatter: null, (_, endpoint) => Configure(endpoint, runId));
        await queue.Ready.WaitAsync(Patience, time, cancellationToken);
        return new Ear(queue, time);
    }

    private void Configure(IReceiveEndpointConfigurator endpoint, string runId)
    {
        endpoint.Consumer(() => new FollowRunConsumer(watches));
        foreach (var kind in StepKinds.Infos)
            kind.Accept(new FaultFollowers(endpoint, watches));
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
            return;
        // It still goes with its process, but brokers no longer know queues that are both shared and transient.
        rabbit.Durable = true;
        rabbit.Bind(RunRouting.Exchange, sorter => RunRouting.Feed(sorter, runId));
    }

    private sealed class Ear(HostReceiveEndpointHandle queue, TimeProvider time) : IAsyncDisposable
    {
        // What a broker that is away does not delete now goes by itself when it is back.
        public async ValueTask DisposeAsync() =>
            await queue.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class FaultFollowers(IReceiveEndpointConfigurator endpoint, RunWatches watches) : IStepKindVisitor
    {
        public void Visit<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind)
            where TSpec : StepSpec
            where TCommand : class =>
            endpoint.Consumer(() => new FollowFaultConsumer<TSpec, TCommand>(kind, watches));
    }
}
