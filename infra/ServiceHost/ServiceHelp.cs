using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.ServiceHost;

/// <summary>What <c>--help</c> of a service prints.</summary>
internal static class ServiceHelp
{
    /// <summary>Returns the exit code.</summary>
    public static int Write(TextWriter output, string name, IServiceCollection services)
    {
        var program = Path.GetFileName(Environment.ProcessPath) ?? name;
        output.WriteLine($"{program}: {Purpose()}");
        output.WriteLine($"""

            Usage: {program} [--Section:Key=VALUE …]

            Settings come from {name}.settings.json beside the program, from environment variables (SPARSEPIPELINE_Section__Key) and from the
            command line; later sources win. Secrets belong into files (…File settings) or the environment. docs/configuration.md explains every key.
            """);
        foreach (var section in SettingsReview.SectionsOf(services))
            Write(output, section);
        output.WriteLine($"""

            Examples:
              {program} --Bus:Transport=rabbitmq --RabbitMq:PasswordFile=/run/secrets/rabbitmq --Store:Folder=/data
              SPARSEPIPELINE_Store__Kind=s3 SPARSEPIPELINE_Bus__Transport=rabbitmq {program} --Hosting:HttpPort=8080

            Exit codes: {ExitCodes.Stopped} orderly stop (SIGTERM, Ctrl-C), {ExitCodes.Configuration} wrong configuration, {ExitCodes.Fault} fault.
            """);
        return ExitCodes.Stopped;
    }

    private static string Purpose() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description ?? "a service of SparsePipeline.";

    private static void Write(TextWriter output, SettingsSection section)
    {
        output.WriteLine();
        output.WriteLine(section.Name);
        var defaults = Activator.CreateInstance(section.Type)!;
        foreach (var property in SettingsReview.PropertiesOf(section.Type))
        {
            var (value, allowed) = (SettingText.Shown(property, property.GetValue(defaults)), SettingText.Allowed(property));
            output.WriteLine($"  {property.Name,-26} {(value.Length == 0 ? "empty" : value),-24} {allowed}".TrimEnd());
        }
    }
}
