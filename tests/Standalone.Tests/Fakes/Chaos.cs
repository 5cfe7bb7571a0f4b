using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>Loses, doubles and delays messages on every queue.</summary>
internal sealed class Chaos(int seed) : IConfigureReceiveEndpoint
{
    public static void AddTo(IServiceCollection services, int seed) => services.AddSingleton<IConfigureReceiveEndpoint>(new Chaos(seed));

    public void Configure(string name, IReceiveEndpointConfigurator configurator) =>
        configurator.UseFilter(new Filter((int)(SeedDerivation.Derive(seed, name) % int.MaxValue)));

    private sealed class Filter(int seed) : IFilter<ConsumeContext>
    {
        private readonly Random _random = new(seed);

        public void Probe(ProbeContext context) => context.CreateFilterScope("chaos");

        public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
        {
            var (times, delay) = Draw();
            await Task.Delay(delay, context.CancellationToken);
            for (var i = 0; i < times; i++)
                await next.Send(context);
        }

        // One message in five is lost, one in five comes twice.
        private (int Times, int Delay) Draw()
        {
            lock (_random)
                return (_random.Next(5) switch { 0 => 0, 1 => 2, _ => 1 }, _random.Next(20));
        }
    }
}
