import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [process.env.ROLEFERRY_MUTATE_TESTS ?? 'src/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
