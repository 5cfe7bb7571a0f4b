using SparsePipeline.Deployment.Rights;

[assembly: AssemblyFixture(typeof(ProvisionedBroker))]
[assembly: AssemblyFixture(typeof(ServedStore))]
