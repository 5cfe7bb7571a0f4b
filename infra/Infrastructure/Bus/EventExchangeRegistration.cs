using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The exchange for programs outside.</summary>
public static class EventExchangeRegistration
{
    /// <summary>Adds <see cref="EventExchange"/> where the bus is a shared one; false where there is no broker.</summary>
    public static bool TryAddEventExchange(this IServiceCollection services, IConfiguration configuration)
    {
        if (!BusRegistration.UsesRabbitMq(configuration))
            return false;
        services.AddSingleton<EventExchange>();
        return true;
    }
}
