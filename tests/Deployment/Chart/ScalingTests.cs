using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Deployment.Chart;

/// <summary>infra/keda scales workers by what waits and by what is being worked on.</summary>
public sealed class ScalingTests
{
    private static readonly IReadOnlyList<Dictionary<object, object>> Scaled =
        [.. Yaml.ReadAll(Repository.Read("infra/keda/scaledobjects.yaml")).Where(m => m.TextAt("kind") == "ScaledObject")];

    [Fact]
    public void Every_worker_is_scaled_by_its_own_queue()
    {
        Scaled.Select(s => s.TextAt("spec", "scaleTargetRef", "name")!).Order(StringComparer.Ordinal).ShouldBe(Repository.Workers.Select(w => "sparsepipeline-" + w));
        Scaled.SelectMany(Triggers).Select(trigger => trigger.TextAt("queueName")!).ShouldBe(StepKinds.Infos.Select(kind => kind.Queue), ignoreOrder: true);
    }

    [Fact]
    public void Messages_in_work_count()
    {
        foreach (var trigger in Scaled.SelectMany(Triggers))
        {
            trigger.TextAt("protocol").ShouldBe("http", "AMQP does not tell what is unacknowledged");
            trigger.TextAt("excludeUnacknowledged").ShouldBe("false");
            trigger.TextAt("mode").ShouldBe("QueueLength");
        }
    }

    [Fact]
    public void Scaling_down_waits_longer_than_a_slice_of_training()
    {
        var slice = new TrainingSliceOptions().BudgetSeconds;

        foreach (var spec in Scaled.Select(s => s.At("spec")))
        {
            double.Parse(spec.TextAt("cooldownPeriod")!).ShouldBeGreaterThan(slice);
            double.Parse(spec.TextAt("advanced", "horizontalPodAutoscalerConfig", "behavior", "scaleDown", "stabilizationWindowSeconds")!).ShouldBeGreaterThan(slice);
            int.Parse(spec.TextAt("maxReplicaCount")!).ShouldBeGreaterThan(int.Parse(spec.TextAt("minReplicaCount")!));
            // Its planner makes the commands that it is scaled by.
            spec.TextAt("minReplicaCount").ShouldBe("1");
        }
    }

    private static IEnumerable<object?> Triggers(Dictionary<object, object> scaled) => scaled.ListAt("spec", "triggers").Select(trigger => trigger.At("metadata"));
}
