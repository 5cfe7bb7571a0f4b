using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Chaos.Faults;

/// <summary>The event is published, and the service dies as it acknowledges the command: the command comes again.</summary>
internal sealed class KillBeforeAck : KillAtPoint
{
    private static readonly string[] Results =
    [
        PipelineQueues.ExchangeOf<CheckpointReady>(), PipelineQueues.ExchangeOf<CheckpointEvaluated>(), PipelineQueues.ExchangeOf<StepFinished>(),
        PipelineQueues.ExchangeOf<StepFailed>(),
    ];

    public override string Name => "kill -9 after publishing, before acknowledging";

    public override int Weight => 14;

    protected override void Arm(Replica replica, Scene scene, Func<bool> kill)
    {
        var published = false;
        replica.Broker.Asking = method =>
        {
            published |= method.Kind == AmqpMethodKind.Publish && Results.Contains(method.Exchange);
            return published && method.Kind == AmqpMethodKind.Ack && kill();
        };
    }
}
