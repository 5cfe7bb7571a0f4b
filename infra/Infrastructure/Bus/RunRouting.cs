using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Events and faults say in their routing key whose run they are about, so that a broker can sort them.</summary>
internal static class RunRouting
{
    /// <summary>The exchange that sorts by run.</summary>
    public const string Exchange = "follow-runs";

    private const string Direct = "direct";
    private const string Fanout = "fanout";

    private static readonly string[] Events =
        [nameof(StepStarted), nameof(StepProgressed), nameof(StepFailed), nameof(StepFinished), nameof(CheckpointReady), nameof(CheckpointEvaluated)];

    /// <summary>Gives every event its routing key.</summary>
    public static void Configure(IRabbitMqBusFactoryConfigurator transport)
    {
        transport.Send<StepStarted>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        transport.Send<StepProgressed>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        transport.Send<StepFailed>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        transport.Send<StepFinished>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        transport.Send<CheckpointReady>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        transport.Send<CheckpointEvaluated>(x => x.UseRoutingKeyFormatter(c => c.Message.RunId));
        var faults = new FaultRouting(transport);
        foreach (var kind in StepKinds.Infos)
            kind.Accept(faults);
    }

    /// <summary>Feeds the exchange that sorts with all events, and lets those of one run through.</summary>
    public static void Feed(IRabbitMqExchangeToExchangeBindingConfigurator sorter, string runId)
    {
        sorter.ExchangeType = Direct;
        sorter.RoutingKey = runId;
        foreach (var name in Events)
            sorter.Bind($"SparsePipeline.Contracts:{name}", AsItIs);
        foreach (var kind in StepKinds.Infos)
            sorter.Bind($"MassTransit:Fault--SparsePipeline.Contracts:{kind.Command.Name}--", AsItIs);
    }

    // Otherwise it would be declared as what it feeds.
    private static void AsItIs(IRabbitMqExchangeToExchangeBindingConfigurator exchange)
    {
        exchange.ExchangeType = Fanout;
        exchange.RoutingKey = "";
    }

    private sealed class FaultRouting(IRabbitMqBusFactoryConfigurator transport) : IStepKindVisitor
    {
        public void Visit<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind)
            where TSpec : StepSpec
            where TCommand : class =>
            transport.Send<Fault<TCommand>>(x => x.UseRoutingKeyFormatter(c => kind.ToOrder(c.Message.Message).RunId));
    }
}
