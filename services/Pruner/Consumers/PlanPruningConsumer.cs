using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Pruner.Consumers;

/// <summary>Plans runs and takes on their ready prune steps.</summary>
internal sealed class PlanPruningConsumer(StepDispatcher<PruneSpec> dispatcher) : PlanningConsumer<PruneSpec>(dispatcher);
