using System.Globalization;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Options as the environment variables that set them, for child processes.</summary>
internal static class OptionsEnvironment
{
    /// <summary>
    /// <c>SPARSEPIPELINE_{section}__{property}</c> for every property; null, which removes an inherited variable, for those that are not set.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of<TOptions>(string section, TOptions options) =>
        from property in typeof(TOptions).GetProperties()
        where property.CanWrite
        let value = Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture)
        select KeyValuePair.Create($"{HostingExtensions.EnvironmentPrefix}{section}__{property.Name}", string.IsNullOrEmpty(value) ? null : value);
}
