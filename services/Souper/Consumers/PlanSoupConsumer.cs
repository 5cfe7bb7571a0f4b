using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Souper.Consumers;

/// <summary>Plans runs and takes on their ready soup steps.</summary>
internal sealed class PlanSoupConsumer(StepDispatcher<SoupSpec> dispatcher) : PlanningConsumer<SoupSpec>(dispatcher);
