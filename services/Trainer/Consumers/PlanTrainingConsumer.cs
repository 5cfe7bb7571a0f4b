using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer.Consumers;

/// <summary>Plans runs and takes on their ready train steps.</summary>
internal sealed class PlanTrainingConsumer(StepDispatcher<TrainSpec> dispatcher) : PlanningConsumer<TrainSpec>(dispatcher);
