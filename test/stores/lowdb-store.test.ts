import { openLowdbStore } from '../../src/stores/lowdb/lowdb-store.ts';
import { describeStoreContract } from '../contracts/store-contract.ts';
import { dataDirectory, rawContentOf } from './data-directory.ts';

describeStoreContract('the lowdb store', async now => {
  const directory = await dataDirectory();
  const open = () => openLowdbStore({ directory, now });
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    rawContent: () => rawContentOf(directory),
  };
});
