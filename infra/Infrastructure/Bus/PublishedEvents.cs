using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Every event a service publishes; each has an exchange of its own that whoever is interested binds to.</summary>
internal static class PublishedEvents
{
    /// <summary>Makes the exchanges part of the topology, also of those nobody listens to yet.</summary>
    public static void Declare(IRabbitMqBusFactoryConfigurator transport)
    {
        transport.Publish<RunSubmitted>();
        transport.Publish<RunNudged>();
        transport.Publish<RunCancelled>();
        transport.Publish<StepStarted>();
        transport.Publish<StepProgressed>();
        transport.Publish<StepFailed>();
        transport.Publish<StepFinished>();
        transport.Publish<CheckpointReady>();
        transport.Publish<CheckpointEvaluated>();
    }
}
