using MassTransit;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The retry rule of step commands: few and short, because the sweep tries again anyway.</summary>
public static class StepRetries
{
    /// <summary>Three more tries within three seconds, then the error queue.</summary>
    public static void UseStepRetries(this IConsumePipeConfigurator endpoint) =>
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2000);
            retry.Ignore<UnsuitableCommandException>();
        });
}
