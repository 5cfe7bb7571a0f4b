using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Consumers;

/// <summary>Plans runs and takes on their ready evaluate steps.</summary>
internal sealed class PlanEvaluationConsumer(StepDispatcher<EvaluateSpec> dispatcher) : PlanningConsumer<EvaluateSpec>(dispatcher);
