using SparsePipeline.TestKit.Servers;

[assembly: AssemblyFixture(typeof(BrokerServer))]
